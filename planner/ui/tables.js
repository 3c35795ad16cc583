// A table that is told of other rows while it is still being built throws, or drops them: it hears of them when it is built.
// tests/ui/test_demand.py holds the names of Panel's table used here.

function holdUntilBuilt() {
  const own = Bokeh.Models.get("panel.models.tabulator.DataTabulator").prototype.default_view.prototype
  if (Object.hasOwn(own, "isBuilt")) { return }
  const {setData, updateOrAddData, tableBuilt} = own

  own.isBuilt = function () { return !this._initializing && !this._building && Boolean(this.tabulator?.initialized) }
  own.setData = function () {
    if (this.isBuilt()) { return setData.call(this) }
    this.toldMeanwhile = true
    return Promise.resolve()
  }
  own.updateOrAddData = function () {
    if (this.isBuilt()) { updateOrAddData.call(this) } else { this.toldMeanwhile = true }
  }
  own.tableBuilt = function () {
    tableBuilt.call(this)
    if (this.toldMeanwhile) { void this.setData().then(() => this.postUpdate()) }
    this.toldMeanwhile = false
  }
}

export function render() {
  holdUntilBuilt()
  return document.createElement("div")
}

"""Edits of the plan and the accepted layout: frozen commands, and one pure function that applies them.

`apply(project, command)` gives the changed project or raises BadInput with a code and the place; `label(command)` is the
code under which the history shows the step. Parts are named by keys that no other part of the level shares: `wall:w1`,
`door:d2`, `item:notary-01`; `bank:notary` stands for all items of a module. Undo is the storage's: one step a command.
"""

from planner.editing.apply import apply, apply_all, label
from planner.editing.wire import read_command

__all__ = ["apply", "apply_all", "label", "read_command"]

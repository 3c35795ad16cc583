"""Real plans of a dozen countries with what is known of them; the files themselves stay outside the project.

`mm`: true millimetres in a drawing unit (0: not known). How we know: `walls`, `doors`: thickness or swings measured in CAD;
`twin`: another file of the same building; `study`: judged in an earlier study; `model`: the file's own statement (IFC);
`dimensions`, `written`, `stairs`, `openings`: their numbers or sizes looked at by a person.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RealPlan:
    """A plan, where it comes from, and what is known of it."""

    file: str
    source: str
    mm: float = 0.0
    known_by: str = ""


CITYSCOPE = "CityScope/CS_Proxymix"
PLANS = (
    RealPlan(file="sky-floorplan.dxf", source="skymakerolof/dxf", mm=25.4, known_by="doors"),
    RealPlan(file="barcelona-plan.dxf", source="yorikvanhavre/barcelona-pavillion", mm=1000, known_by="doors"),
    RealPlan(file="barcelona-plan-exported.dxf", source="yorikvanhavre/barcelona-pavillion", mm=1, known_by="twin"),
    RealPlan(file="derived-rmf-clinic-L1.dxf", source="open-rmf/rmf_demos", mm=1, known_by="study"),
    RealPlan(file="derived-rmf-hotel-L2.dxf", source="open-rmf/rmf_demos", mm=1, known_by="study"),
    RealPlan(file="barcelona.ifc", source="yorikvanhavre/barcelona-pavillion", mm=1000, known_by="model"),
    RealPlan(file="whale-large.ifc", source="see its header", mm=1, known_by="model"),
    RealPlan(file="duplex2x3.ifc", source="youshengCode/IfcSampleFiles", mm=1000, known_by="model"),
    RealPlan(file="samplehouse4.ifc", source="youshengCode/IfcSampleFiles", mm=1, known_by="model"),
    RealPlan(file="fzk.ifc", source="imlerith01/Utilities", mm=1000, known_by="model"),
    RealPlan(file="cityscience.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="cuaad.dxf", source=CITYSCOPE, mm=10, known_by="study"),
    RealPlan(file="cucea.dxf", source=CITYSCOPE, mm=10, known_by="study"),
    RealPlan(file="cucs-ground.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="cucs-2.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="cusur.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="cut-lab.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="ensal.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="escaldes.dxf", source=CITYSCOPE, mm=1000, known_by="doors"),
    RealPlan(file="escaldes.dwg", source=CITYSCOPE, mm=1000, known_by="doors"),
    RealPlan(file="encamp.dwg", source=CITYSCOPE, mm=1000, known_by="walls"),
    RealPlan(file="ordino.dwg", source=CITYSCOPE, mm=100_000, known_by="doors"),
    RealPlan(file="factory.dxf", source=CITYSCOPE, mm=10, known_by="doors"),
    RealPlan(file="hoteldieu.dxf", source=CITYSCOPE, mm=10, known_by="study"),
    RealPlan(file="idb0.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="idb1.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="idb2.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="learningcenter.dxf", source=CITYSCOPE, mm=1, known_by="study"),
    RealPlan(file="medialab-ML_2.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="medialab-ML_3.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="medialab-ML_4.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="medialab-ML_5.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="ml3l.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="ml3l.dwg", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="sansebastian.dxf", source=CITYSCOPE, mm=10_000, known_by="study"),
    RealPlan(file="hcu4.dwg", source="chungkang/L5IN_task1", mm=1000, known_by="study"),
    RealPlan(file="kothar.dxf", source="anandkothartrdl/Plans", mm=1, known_by="doors"),
    RealPlan(file="ono-house.dxf", source="ono-hiroki/cad", mm=1, known_by="doors"),
    RealPlan(file="raytracer.dxf", source="ben-hudson/raytracer", mm=25.4, known_by="walls"),
    RealPlan(file="hal9k.dxf", source="bullestock/hal9kspace", mm=10, known_by="study"),
    RealPlan(file="raumzeitlabor.dxf", source="raumzeitlabor/olymp-2.0", mm=0),
    RealPlan(file="jiao.dxf", source="gongzhitaao/QuerySimulation", mm=0),
    RealPlan(file="dblock.dxf", source="Pegasus47/Indoor-Navigation-System", mm=0),
)

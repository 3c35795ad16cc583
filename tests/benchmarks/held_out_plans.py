"""More real plans, gathered to see whether the rate on `real_plans` is one of plans or one of those plans.

HELD_OUT were in sight while the kinds of evidence were written, though no limit was set by them; UNSEEN were fetched after the
last rule of the unit was made. Fields as in `real_plans`. Of the sources in KIN other drawings stand there too.
"""

from __future__ import annotations

from tests.benchmarks.real_plans import CITYSCOPE, RealPlan

CONSTRUCT = "Sukhshum2628/ConstructIQ"
PROCESSOR = "rehmanul/The-Ultimate-CAD-DXF-File-Processor"
KIN = (CITYSCOPE, "gongzhitaao/QuerySimulation")
HELD_OUT = (
    RealPlan(file="adik.dwg", source="adik2405048/Building-Design", mm=100, known_by="written"),
    RealPlan(file="alriya-house.dwg", source="alriyadsouza/AutoCAD_Design", mm=1000, known_by="doors"),
    RealPlan(file="alriya-uh.dwg", source="alriyadsouza/AutoCAD_Design", mm=1000, known_by="stairs"),
    RealPlan(file="ciq-building.dxf", source=CONSTRUCT, mm=1, known_by="doors"),
    RealPlan(file="ciq-house.dxf", source=CONSTRUCT, mm=25.4, known_by="dimensions"),
    RealPlan(file="etage01.dxf", source=PROCESSOR, mm=1, known_by="study"),
    RealPlan(file="ult-test.dxf", source=PROCESSOR, mm=1000, known_by="openings"),
    RealPlan(file="ult-test2.dxf", source=PROCESSOR, mm=1000, known_by="openings"),
    RealPlan(file="jyhouse.dwg", source="Jyotshna4/AutoCad--House-plan-section-elevation", mm=25.4, known_by="dimensions"),
    RealPlan(file="nusrat.dwg", source="nusratjahangh/AutoCAD-Pojects", mm=25.4, known_by="walls"),
    RealPlan(file="roomsize-lhs.dxf", source="oliland/roomsize", mm=1000, known_by="dimensions"),
    RealPlan(file="sergjoker.dwg", source="sergjoker/AppartmentDesign", mm=1, known_by="doors"),
    RealPlan(file="wyc.dwg", source="wangyuec15/cad", mm=1000, known_by="doors"),
    RealPlan(file="cucs-1.dxf", source=CITYSCOPE, mm=10, known_by="stairs"),
    RealPlan(file="cut-campus.dxf", source=CITYSCOPE, mm=10, known_by="stairs"),
    RealPlan(file="cut-room104.dxf", source=CITYSCOPE, mm=10, known_by="walls"),
    RealPlan(file="medialab-building_ok.dxf", source=CITYSCOPE, mm=10, known_by="twin"),
    RealPlan(file="mrg.dwg", source="nxstynate/mrg"),
    RealPlan(file="gongmy.dxf", source="gongzhitaao/QuerySimulation"),
    RealPlan(file="yuslavihe.dxf", source="yuslavihe/Wall_Detection"),
    RealPlan(file="wangyuec.dwg", source="wangyuec15/cad"),
)

# HARISHANKAR, JonesKumar1997, PlohoiAnimator and ralfsales drew the same exercise
UNSEEN = (
    RealPlan(file="CSpyridakis-floor_plan.dwg", source="CSpyridakis/EWP", mm=10, known_by="doors"),
    RealPlan(file="HARISHANKAR-12-floor_plan.dwg", source="HARISHANKAR-12/autocad-project", mm=25.4, known_by="dimensions"),
    RealPlan(file="I-MTIAZ-home.dwg", source="I-MTIAZ/AutoCad-Project", mm=25.4, known_by="dimensions"),
    RealPlan(file="JonesKumar1997-Floor_Plan.dwg", source="JonesKumar1997/Autocad-Projects", mm=25.4, known_by="dimensions"),
    RealPlan(file="NapoleaoJunior-atividade_quarto.dwg", source="NapoleaoJunior/AUTOCAD-SKETUP", mm=1000, known_by="doors"),
    RealPlan(file="NapoleaoJunior-casa.dwg", source="NapoleaoJunior/AUTOCAD-SKETUP", mm=1000, known_by="doors"),
    RealPlan(file="PlohoiAnimator-Floor_Plan.dwg", source="PlohoiAnimator/autocad", mm=25.4, known_by="doors"),
    RealPlan(file="esraturmi-floor_plan.dwg", source="esraturmi/Autocad-design", mm=25.4, known_by="dimensions"),
    RealPlan(file="fullstackdev0707-floor_plan.dwg", source="fullstackdev0707/design", mm=25.4, known_by="dimensions"),
    RealPlan(file="ralfsales-Floor_Plan.dwg", source="ralfsales/AutoCAD-Projects", mm=25.4, known_by="dimensions"),
    RealPlan(file="reme22-Shopping_area.dwg", source="reme22/CAD", mm=1000, known_by="doors"),
    RealPlan(file="sajid50Buet-floor_plan.dwg", source="sajid50Buet/Electrical_Services_Design", mm=25.4, known_by="doors"),
    RealPlan(file="sajid50Buet-ground.dwg", source="sajid50Buet/Electrical_Services_Design", mm=25.4, known_by="doors"),
    RealPlan(file="sajid50Buet-basement.dwg", source="sajid50Buet/Electrical_Services_Design", mm=25.4, known_by="twin"),
    RealPlan(file="salamlababidi4-floor_plan.dwg", source="salamlababidi4/2d-floor-plan-autocad", mm=1, known_by="doors"),
    RealPlan(file="tp-cad-building.dwg", source="tp-cad/2D_building_01", mm=1, known_by="doors"),
    RealPlan(file="Abdullah1036-Second_Archi_Drawing.dwg", source="Abdullah1036/Autocad", mm=1, known_by="dimensions"),
    RealPlan(file="reme22-villa.dwg", source="reme22/CAD"),
    RealPlan(file="reme22-boat_club.dwg", source="reme22/CAD"),
    RealPlan(file="reme22-Apartment_complex.dwg", source="reme22/CAD"),
    RealPlan(file="sangita-das-floor_plan.dwg", source="sangita-das/autocad"),
)

"""The planner's page. Panel and Bokeh live under this folder only; nothing outside imports it before a page is wanted."""

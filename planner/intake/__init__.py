"""Demand from other people's files: tables, totals, ticket logs and board snapshots as CSV or XLSX, in their own words."""

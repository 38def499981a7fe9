"""Tables in and out: reading Excel and CSV files people send, checking their rows, writing files that open safely."""

from .columns import (
    Column,
    Parsed,
    Parser,
    Row,
    RowError,
    choice,
    day,
    decimal,
    integer,
    parse_rows,
    people_list,
    text,
)
from .guard import MAX_BYTES, MAX_ROWS, SheetError
from .reading import Line, Table, read_table
from .writing import Sheet, write_csv, write_workbook, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Column",
    "Line",
    "Parsed",
    "Parser",
    "Row",
    "RowError",
    "Sheet",
    "SheetError",
    "Table",
    "choice",
    "day",
    "decimal",
    "integer",
    "parse_rows",
    "people_list",
    "read_table",
    "text",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]

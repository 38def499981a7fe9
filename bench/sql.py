"""One statement to the database of the environment: `python -m bench.sql "CREATE DATABASE x"`."""

import sys

import django
from django.db import connection

if __name__ == "__main__":
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(sys.argv[1])

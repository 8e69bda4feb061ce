#!/usr/bin/env python3
"""Turns Chicago's evaluation files into monthly deliveries.

    split.py EVALUATION_DATA DELIVERIES

Reads EVALUATION_DATA/chicago/*.csv.gz and writes DELIVERIES/<source>/<last day of month>/<source>.csv.
A row stands in the delivery of the month in which the city came to know it, so that the pipeline,
which trusts a delivery's date, cannot look ahead:

  licences     by the first day of the licence term
  inspections  by the day of the inspection
  visits       by the day of the visit
  complaints   by the day of creation, open; again by the day of completion, completed

What the files know only in hindsight stays behind: a licence's status and expiry as of the download
(2017), and the first term where it lies after the month. The table of the published study, whose
features and outcomes are of the day of the visit, and the weather are not delivered.
"""

import calendar
import csv
import gzip
import pathlib
import shutil
import sys
from datetime import date


def month_end(day):
    """The last day of a day's month, as text."""
    d = date.fromisoformat(day)
    return d.replace(day=calendar.monthrange(d.year, d.month)[1]).isoformat()


def licences(row):
    known = month_end(row["term_start"])
    kept = {k: v for k, v in row.items() if k not in ("license_status", "term_expiration")}
    if kept["first_term_start"] > known:
        kept["first_term_start"] = ""
    yield known, kept


def inspections(row):
    yield month_end(row["inspection_date"]), row


def visits(row):
    yield month_end(row["visit_date"]), row


def complaints(row):
    created = month_end(row["created"])
    completed = month_end(row["completed"]) if row["completed"] else None
    if completed != created:
        yield created, {**row, "status": "Open", "completed": ""}
    if completed:
        yield max(created, completed), row


SOURCES = {
    "licences": ("firms", licences),
    "inspections": ("inspections", inspections),
    "visits": ("visits", visits),
    "complaints": ("complaints", complaints),
}


def split(source, file, versions, out):
    """Writes one source's deliveries; returns rows read, rows written and files."""
    months = {}
    read = written = 0
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            read += 1
            for known, version in versions(row):
                months.setdefault(known, []).append(version)
                written += 1
    for known, rows in sorted(months.items()):
        folder = out / source / known
        folder.mkdir(parents=True)
        with open(folder / (source + ".csv"), "w", encoding="utf-8", newline="") as delivery:
            writer = csv.DictWriter(delivery, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return read, written, len(months)


def main(args):
    if len(args) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    data, out = pathlib.Path(args[0]) / "chicago", pathlib.Path(args[1])
    missing = [f for f, _ in SOURCES.values() if not (data / (f + ".csv.gz")).is_file()]
    if missing:
        print(
            f"{data}: {', '.join(m + '.csv.gz' for m in missing)} missing;"
            " name the folder above 'chicago' in CREDIT_EVAL_DATA",
            file=sys.stderr,
        )
        return 3
    for source, (file, versions) in SOURCES.items():
        shutil.rmtree(out / source, ignore_errors=True)
        read, written, files = split(source, data / (file + ".csv.gz"), versions, out)
        print(f"{source}: {read} rows read, {written} delivered in {files} months", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

package credit.jobs.ingest;

import java.time.LocalDate;
import java.util.List;

/**
 * A delivered row, read cell by cell, on its way to the staged table.
 *
 * @param file the delivery
 * @param knownAt the day it counts as known
 * @param number 1 for the first data row of the file
 * @param values stored columns in canonical text; null where empty or refused
 * @param hash SHA-256 of what was read, without personal columns
 * @param repaired names of the columns whose value was repaired
 * @param problems encoded problems, or null
 */
record LandedRow(
    DeliveredFile file,
    LocalDate knownAt,
    long number,
    List<String> values,
    String hash,
    List<String> repaired,
    String problems) {}

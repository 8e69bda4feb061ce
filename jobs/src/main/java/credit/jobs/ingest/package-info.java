/**
 * Departments' files in, once, or with a reason why not: decode, number the rows, drop personal
 * columns, check against the contract, keep every version of a record, quarantine with reasons.
 */
package credit.jobs.ingest;

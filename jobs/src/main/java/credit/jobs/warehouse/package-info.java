/**
 * Session, tables, ledger, clock and lock. Knows no stage; every stage knows it, and nothing else
 * of the pipeline: stages meet in tables.
 */
package credit.jobs.warehouse;

/**
 * One timeline of typed, graded events from all linked sources, and one file per firm; every fact
 * with the records behind it.
 */
package credit.jobs.firm;

/** The command line: sees all stages, is seen by none. */
package credit.jobs.cli;

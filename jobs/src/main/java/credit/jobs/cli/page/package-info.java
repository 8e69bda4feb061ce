/**
 * One firm's file as a page and as text. It joins what the stages keep apart (the score, the lists,
 * where a row came from), which only the command line may see, and shows each audience its part.
 */
package credit.jobs.cli.page;

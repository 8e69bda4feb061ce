/**
 * Attaches records to firms, each with its reason. Precision first: what is not certain goes to
 * review, and a human's decision comes back as a source.
 */
package credit.jobs.link;

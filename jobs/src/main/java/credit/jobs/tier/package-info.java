/**
 * Credit tier and measures of every firm, by rules over its file, with reasons. Scores and
 * associations are out of its reach.
 */
package credit.jobs.tier;

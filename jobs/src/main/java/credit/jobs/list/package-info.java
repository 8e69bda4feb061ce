/**
 * Who is listed, barred from a simplified handling or rewarded: from legal acts and records by
 * rules, as half-open intervals with basis and act. Scores are out of its reach.
 */
package credit.jobs.list;

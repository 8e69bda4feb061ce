/**
 * Stage {@code risk}: trains, judges and applies the risk model, and derives risk classes and early
 * warnings. What it writes steers inspectors; it never reaches a tier, a measure or a list.
 */
package credit.jobs.risk;

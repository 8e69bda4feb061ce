/**
 * The risk model: learnt on past windows, calibrated, evaluated on the window that follows,
 * explained, and kept with its provenance. No Spark here: rows come in, probabilities go out.
 *
 * <p>A score steers inspection and early warning only. Nothing in this package knows of tiers,
 * measures or lists.
 */
package credit.models;

/**
 * What leading indicators are and how they are computed as of any day: pure functions that the
 * stages {@code feature} (today) and {@code risk} (past windows) share, so that a model is trained
 * on exactly what it later scores. Knows the warehouse's rule checks and no stage.
 */
package credit.jobs.indicators;

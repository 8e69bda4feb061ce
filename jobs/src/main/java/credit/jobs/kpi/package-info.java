/**
 * Stage {@code kpi}: indicators of the reform from approval cases, reviews, lists and plans, as
 * rows, as CSV and as one HTML page for leaders. Definitions are data ({@code rules/kpi.yaml}).
 */
package credit.jobs.kpi;

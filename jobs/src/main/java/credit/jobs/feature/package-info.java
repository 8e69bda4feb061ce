/** Stage {@code feature}: leading indicators as of a day, without looking ahead. */
package credit.jobs.feature;

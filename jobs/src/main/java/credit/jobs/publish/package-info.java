/**
 * Lists to approval systems: gates, canonical files, signed manifest and timestamp. The pure part
 * (rows to content, gates) knows neither Spark nor the file system; {@link
 * credit.jobs.publish.PublishJob} is the shell.
 */
package credit.jobs.publish;

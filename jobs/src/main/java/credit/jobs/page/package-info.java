/** What pages and files for people share: templates, texts in both languages, charts, cells. */
package credit.jobs.page;

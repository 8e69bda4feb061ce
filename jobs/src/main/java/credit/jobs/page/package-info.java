/** What HTML pages share: templates, texts in both languages, numbers and small charts. */
package credit.jobs.page;

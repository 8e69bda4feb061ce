package credit.jobs.page;

/**
 * A label and its text.
 *
 * @param label what it is
 * @param text what it says
 */
public record Fact(String label, String text) {}

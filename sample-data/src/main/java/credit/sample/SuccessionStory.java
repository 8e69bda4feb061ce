package credit.sample;

import java.time.LocalDate;
import java.util.List;

/** Firms that came out of others: a shop that became a company, firms that merged or split. */
final class SuccessionStory {
  private static final double OF_CLOSED = 0.4;
  private static final String REGISTRY = "珠海市市场监督管理局";

  private SuccessionStory() {}

  static void tell(List<Story> stories) {
    for (Story story : stories) {
      Firm old = story.firm;
      Draw draw = story.draw("succession");
      boolean passes = draw.chance(OF_CLOSED);
      if (passes && old.closedOn() != null && !old.revoked() && !story.over(old.closedOn())) {
        Firm next = old.individual() ? youngCompany(stories, old) : olderCompany(stories, old);
        if (next != null) {
          row(story, next, old.individual() ? "个转企" : draw.chance(0.7) ? "吸收合并" : "分立");
        }
      }
    }
  }

  private static void row(Story story, Firm next, String kind) {
    LocalDate day = story.firm.closedOn();
    String number = story.serials.number("CJ", day.getYear());
    story.deliveries.add(
        Row.of("successions", next, day + " " + number)
            .put("succession_no", number)
            .put("kind", kind)
            .put("predecessor_name", story.firm.nameOn(day.minusDays(1)))
            .put("predecessor_code", story.firm.code())
            .put("firm_name", next.nameOn(day))
            .put("code", next.code())
            .put("effective_on", day)
            .put("authority", REGISTRY),
        day.plusDays(3));
  }

  /** The company that was founded in the district last before the shop closed. */
  private static Firm youngCompany(List<Story> stories, Firm old) {
    Firm youngest = null;
    for (Story story : stories) {
      Firm firm = story.firm;
      boolean fits = mayFollow(firm, old) && firm.established().isAfter(old.established());
      if (fits && (youngest == null || firm.established().isAfter(youngest.established()))) {
        youngest = firm;
      }
    }
    return youngest;
  }

  private static Firm olderCompany(List<Story> stories, Firm old) {
    for (Story story : stories) {
      if (mayFollow(story.firm, old) && story.firm.industry() == old.industry()) {
        return story.firm;
      }
    }
    return null;
  }

  private static boolean mayFollow(Firm firm, Firm old) {
    return firm.index() != old.index()
        && firm.kind() == Firm.Kind.ENTERPRISE
        && firm.district().equals(old.district())
        && firm.openOn(old.closedOn());
  }
}

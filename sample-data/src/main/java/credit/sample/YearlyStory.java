package credit.sample;

import java.time.LocalDate;
import java.util.Locale;

/** What comes once a year: annual reports, evaluations, honours. */
final class YearlyStory {
  private static final String MARKET = "珠海市市场监督管理局";

  private YearlyStory() {}

  static void tell(Story story) {
    Draw reports = story.draw("report");
    Draw grades = story.draw("evaluation");
    Draw honours = story.draw("honour");
    for (int year = story.schedule.from().getYear();
        year <= story.schedule.until().getYear();
        year++) {
      annualReport(story, reports, year - 1);
      taxpayer(story, grades, LocalDate.of(year, 4, 20));
      publicEvaluation(story, grades, LocalDate.of(year, 6, 10));
      industry(story, grades, LocalDate.of(year, 5, 15));
      honour(story, honours, LocalDate.of(year, 3, 10));
    }
  }

  private static void annualReport(Story story, Draw draw, int year) {
    LocalDate window = LocalDate.of(year + 1, 1, 1);
    LocalDate deadline = LocalDate.of(year + 1, 6, 30);
    boolean due = !story.firm.established().isAfter(window.minusDays(1));
    double risk = story.riskOn(deadline);
    boolean inTime = !draw.chance(Draw.logistic(-2.9 + 0.85 * risk));
    LocalDate published = draw.day(window.plusDays(10), deadline);
    LocalDate late = deadline.plusDays(5L + draw.below(200));
    boolean everLate = draw.chance(0.6);
    boolean listed = draw.chance(0.7);
    if (!due || !story.firm.openOn(deadline) || deadline.isBefore(story.schedule.from())) {
      return;
    }
    String number = "NB" + year + String.format(Locale.ROOT, "%07d", story.firm.index() + 1);
    Row row =
        story
            .row("annual_reports", inTime ? published : deadline, number, "firm_name")
            .put("report_no", number)
            .put("report_year", year);
    if (inTime) {
      row.put("report_status", "按期公示").put("published_on", published);
      if (!story.over(published)) {
        story.deliveries.add(row, published);
      }
      return;
    }
    int delivery = story.deliveries.add(row.put("report_status", "未公示"), deadline.plusDays(8));
    boolean comesLate = everLate && !story.over(late) && story.firm.openOn(late);
    if (comesLate) {
      Row again = row.version().put("report_status", "逾期公示").put("published_on", late);
      story.deliveries.addVersion(again, late, delivery);
    }
    if (listed) {
      LocalDate removed = comesLate && late.isAfter(deadline.plusDays(30)) ? late : null;
      ListingStory.abnormal(story, draw, deadline.plusDays(12), "未按规定公示年度报告", removed);
    }
  }

  private static void publicEvaluation(Story story, Draw draw, LocalDate day) {
    double seen = -story.riskOn(day) + 0.8 * draw.normal();
    String grade = seen > 0.4 ? "优" : seen > -0.8 ? "良" : seen > -2.0 ? "中" : "差";
    if (!story.firm.individual() && story.firm.kind() != Firm.Kind.BRANCH) {
      evaluation(story, draw, day, "公共信用综合评价", grade, "", "珠海市发展和改革局");
    }
  }

  private static void taxpayer(Story story, Draw draw, LocalDate day) {
    double seen = -story.riskOn(day) + 0.9 * draw.normal();
    boolean young = story.firm.established().plusYears(1).isAfter(day);
    String grade = young ? "M" : seen > 0.9 ? "A" : seen > -1.6 ? "B" : seen > -2.5 ? "C" : "D";
    if (story.firm.kind() == Firm.Kind.ENTERPRISE) {
      evaluation(story, draw, day, "纳税信用评价", grade, "", "国家税务总局珠海市税务局");
    }
  }

  private static void industry(Story story, Draw draw, LocalDate day) {
    double seen = -story.riskOn(day) + 0.7 * draw.normal();
    String grade = seen > 0.7 ? "优" : seen > -0.7 ? "良" : seen > -1.9 ? "中" : "差";
    if (story.firm.industry().fullCoverage() && draw.chance(0.7)) {
      evaluation(story, draw, day, "行业信用评价", grade, story.firm.industry().domain, MARKET);
    }
  }

  private static void evaluation(
      Story story,
      Draw draw,
      LocalDate day,
      String kind,
      String grade,
      String field,
      String authority) {
    if (!story.lives(day)) {
      return;
    }
    String number = story.serials.number("PJ", day.getYear());
    Row row =
        story
            .row("evaluations", day, number, "firm_name")
            .put("evaluation_no", number)
            .put("kind", kind)
            .put("period", day.getYear() - 1)
            .put("grade", grade)
            .put("evaluated_on", day)
            .put("field", field)
            .put("authority", authority);
    story.deliveries.add(row, day.plusDays(draw.between(1, 9)));
  }

  private static void honour(Story story, Draw draw, LocalDate day) {
    boolean granted = draw.chance(Draw.logistic(-4.6 - 0.9 * story.riskOn(day)));
    if (!granted || !story.lives(day)) {
      return;
    }
    boolean leader = draw.chance(0.5);
    String number = story.serials.number("RY", day.getYear());
    Row row =
        story
            .row("honours", day, number, "firm_name")
            .put("honour_no", number)
            .put("kind", leader ? "标准领跑者" : "守信红名单")
            .put("honour", leader ? "企业标准领跑者" : "诚信经营示范单位")
            .put("granted_on", day)
            .put("valid_until", leader ? day.plusYears(2).minusDays(1).toString() : "2099-12-31")
            .put("authority", MARKET);
    story.deliveries.add(row, day.plusDays(draw.between(1, 12)));
  }
}

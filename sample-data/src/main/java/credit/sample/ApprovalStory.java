package credit.sample;

import credit.schemas.HolidayCalendar;
import java.time.LocalDate;
import java.util.List;

/** Bundles of approval cases on both tracks, with promises, duties and reviews that follow. */
final class ApprovalStory {
  private static final double BUNDLES_A_MONTH = 0.022;
  private static final String MARKET = "珠海市市场监督管理局";

  private final Story story;
  private final Draw draw;
  private final List<Item> items;
  private final HolidayCalendar calendar;

  private ApprovalStory(Story story, List<Item> items, HolidayCalendar calendar) {
    this.story = story;
    this.draw = story.draw("approval");
    this.items = items;
    this.calendar = calendar;
  }

  static void tell(Story story, List<Item> items, HolidayCalendar calendar) {
    ApprovalStory approvals = new ApprovalStory(story, items, calendar);
    LocalDate started = story.firm.established();
    if (!started.isBefore(story.schedule.from())) {
      approvals.bundle(started.plusDays(approvals.draw.between(0, 20)), true);
    }
    for (int month = 0; month < story.schedule.months(); month++) {
      if (approvals.draw.chance(BUNDLES_A_MONTH)) {
        approvals.bundle(story.dayIn(month, approvals.draw), false);
      }
    }
  }

  private void bundle(LocalDate day, boolean startUp) {
    if (!story.lives(day)) {
      return;
    }
    boolean oneLicence = draw.chance(0.62);
    int size = startUp ? draw.between(2, 4) : draw.between(1, 3);
    String bundle = story.serials.number("LB", day.getYear());
    String channel = draw.weighted(new String[] {"网上办理", "窗口办理", "自助终端"}, 60, 32, 8);
    int first = draw.below(items.size());
    for (int i = 0; i < size; i++) {
      // Steps of 7 over 30 items: never the same item twice in one bundle.
      Item item = items.get((first + 7 * i) % items.size());
      LocalDate submitted = oneLicence ? day : day.plusDays((long) i * draw.between(1, 9));
      if (!story.over(submitted)) {
        approvalCase(item, bundle, submitted, oneLicence, channel, startUp);
      }
    }
  }

  private void approvalCase(
      Item item,
      String bundle,
      LocalDate submitted,
      boolean oneLicence,
      String channel,
      boolean startUp) {
    String number = story.serials.number("BJ", submitted.getYear());
    int supplements = draw.chance(oneLicence ? 0.07 : 0.2) ? draw.between(1, 2) : 0;
    int returns = draw.chance(oneLicence ? 0.03 : 0.08) ? 1 : 0;
    int days = workingDays(item, oneLicence) + 2 * supplements + 3 * returns;
    LocalDate result = after(submitted, days);
    double outcome = draw.uniform();
    String status = outcome < 0.95 ? "办结" : outcome < 0.98 ? "不予许可" : "撤回";
    boolean notify =
        oneLicence && item.reform().contains(Item.NOTIFY) && draw.chance(0.6) && !startUp;
    boolean tolerant = oneLicence && !notify && item.allows(Item.TOLERANT) && draw.chance(0.15);
    boolean licenceFirst =
        oneLicence && !notify && !tolerant && item.allows(Item.LICENCE_FIRST) && draw.chance(0.1);
    Row row =
        story
            .row("approval_cases", submitted, number, "applicant_name")
            .put("code", startUp ? "" : story.firm.code())
            .put("case_no", number)
            .put("item", item.code())
            .put("bundle_id", bundle)
            .put("business_type", item.domain().equals("food") ? "餐饮零售" : "居民服务")
            .put("district", Names.districtName(story.firm.district()))
            .put("track", oneLicence ? "一照通行" : "传统模式")
            .put("first_submitted", submitted)
            .put("accepted_on", after(submitted, returns))
            .put("channel", channel)
            .put("complexity", item.complex() ? "复杂" : "简单")
            .put("fields", scaled(item.baselineFields(), oneLicence ? 0.42 : 0.9))
            .put("materials", scaled(item.baselineMaterials(), oneLicence ? 0.5 : 0.92))
            .put("statutory_days", item.statutoryDays())
            .put("promised_days", item.promisedDays())
            .put("accepted", true)
            .put("returns", returns)
            .put("supplements", supplements)
            .put("submissions", 1 + returns + supplements)
            .put("visits", channel.equals("网上办理") ? (draw.chance(0.06) ? 1 : 0) : 1 + returns)
            .put("notify_and_commit", notify)
            .put("deficiency_tolerant", tolerant)
            .put("licence_first", licenceFirst)
            .put("case_status", "在办");
    deliver(row, submitted, result, days, status);
    if (story.over(result) || !status.equals("办结")) {
      return;
    }
    review(number, channel, result, days > item.promisedDays() || returns > 0);
    if (notify) {
      promise(number, item, submitted);
    } else if (tolerant) {
      duty(number, item, "容缺补正", submitted, 20);
    } else if (licenceFirst) {
      duty(number, item, "先证后核", result, 40);
    }
  }

  private void deliver(Row row, LocalDate submitted, LocalDate result, int days, String status) {
    Row ended =
        row.version()
            .put("last_result", result)
            .put("actual_days", days)
            .put("case_status", status);
    int delivery = story.schedule.deliveryFor(submitted);
    if (delivery == Schedule.NEVER) {
      return;
    }
    if (!result.isAfter(story.schedule.deliveries().get(delivery))) {
      story.deliveries.add(ended, submitted);
    } else {
      story.deliveries.add(row, submitted);
      story.deliveries.addVersion(ended, result, delivery);
    }
  }

  private int workingDays(Item item, boolean oneLicence) {
    int usual = oneLicence ? item.promisedDays() : item.baselineDays();
    double factor = 0.75 + 0.35 * draw.uniform();
    return Math.max(1, (int) StrictMath.round(usual * (draw.chance(0.05) ? 1.6 : factor)));
  }

  private long scaled(int baseline, double factor) {
    return Math.max(1, StrictMath.round(baseline * (factor + 0.08 * draw.normal())));
  }

  private LocalDate after(LocalDate day, int workingDays) {
    LocalDate result = day;
    for (int left = workingDays; left > 0; ) {
      result = result.plusDays(1);
      if (calendar.isWorkingDay(result)) {
        left--;
      }
    }
    return result;
  }

  private void promise(String caseNo, Item item, LocalDate promised) {
    String number = story.serials.document("告知承诺", promised.getYear());
    LocalDate due = promised.plusDays(60);
    LocalDate checked = promised.plusDays(draw.between(15, 75));
    double risk = story.riskOn(checked);
    boolean broken = draw.chance(Draw.logistic(-5.0 + 1.2 * risk));
    boolean corrected = draw.chance(0.08);
    boolean done = !story.over(checked);
    Row row =
        story
            .row("promises", promised, number, "firm_name")
            .put("promise_no", number)
            .put("case_no", caseNo)
            .put("item", item.code())
            .put("promised_on", promised)
            .put("promise", "承诺符合" + item.name() + "的全部条件，联系人" + story.firm.representative())
            .put("check_due", due)
            .put("outcome", "待核查")
            .put("authority", MARKET);
    int delivery = story.deliveries.add(row, promised.plusDays(1));
    if (done) {
      String finding = broken ? story.serials.document("虚假承诺认定", checked.getYear()) : "";
      Row answer =
          row.version()
              .put("checked_on", checked)
              .put("outcome", broken ? "虚假承诺" : corrected ? "整改后符合" : "履行承诺")
              .put("finding_no", finding);
      int known = story.deliveries.addVersion(answer, checked.plusDays(2), delivery);
      if (broken && known != Schedule.NEVER) {
        story.acts.add(new Act(Act.PROMISE, finding, MARKET, checked, answer, known));
        story.restricts("false_promise " + finding, null);
      }
    }
    dutyRow(caseNo, item, "承诺核查", promised, due, done ? checked : null, broken);
  }

  private void duty(String caseNo, Item item, String kind, LocalDate created, int days) {
    LocalDate due = created.plusDays(days);
    double risk = story.riskOn(due);
    boolean never = draw.chance(Draw.logistic(-4 + risk));
    LocalDate doneOn = created.plusDays(draw.between(2, (int) (days * (risk > 1 ? 1.5 : 1.1))));
    boolean failed = draw.chance(Draw.logistic(-4.2 + 0.9 * risk));
    dutyRow(caseNo, item, kind, created, due, never || story.over(doneOn) ? null : doneOn, failed);
  }

  private void dutyRow(
      String caseNo,
      Item item,
      String kind,
      LocalDate created,
      LocalDate due,
      LocalDate doneOrNull,
      boolean failed) {
    String number = story.serials.number("YW", created.getYear());
    Row row =
        story
            .row("follow_up_duties", created, number, "firm_name")
            .put("duty_no", number)
            .put("case_no", caseNo)
            .put("item", item.code())
            .put("kind", kind)
            .put("created_on", created)
            .put("due_on", due)
            .put("outcome", "未完成")
            .put("authority", MARKET);
    int delivery = story.deliveries.add(row, created.plusDays(1));
    if (doneOrNull != null) {
      String outcome = failed ? "未通过" : doneOrNull.isAfter(due) ? "逾期完成" : "按期完成";
      story.deliveries.addVersion(
          row.version().put("done_on", doneOrNull).put("outcome", outcome), doneOrNull, delivery);
    }
  }

  private void review(String caseNo, String channel, LocalDate result, boolean slow) {
    LocalDate day = result.plusDays(draw.between(0, 10));
    if (!draw.chance(0.5) || story.over(day)) {
      return;
    }
    boolean byDefault = draw.chance(0.1);
    boolean unrated = !byDefault && draw.chance(0.05);
    int rating = byDefault ? 5 : rating(slow);
    String number = story.serials.number("HCP", day.getYear());
    Row row =
        story
            .row("reviews", day, number)
            .put("review_no", number)
            .put("case_no", caseNo)
            .put("channel", channel)
            .put("reviewed_on", day)
            .put("rating", unrated ? "" : Integer.toString(rating))
            .put("by_default", byDefault)
            .put("validity", "有效");
    if (!byDefault && !unrated) {
      row.put("rating_guidance", near(rating))
          .put("rating_procedure", near(rating))
          .put("rating_service", near(rating))
          .put("rating_ease", channel.equals("网上办理") ? Integer.toString(near(rating)) : "")
          .put(
              "text",
              rating <= 2 ? "等待太久，请联系我" + story.firm.phone() : draw.chance(0.2) ? "办得很快" : "");
    }
    if (rating <= 2 && !unrated) {
      loop(row, day);
    }
    story.deliveries.add(row, day);
  }

  /** Bad reviews are called back and put right; a few turn out mistaken or malicious. */
  private void loop(Row row, LocalDate day) {
    double found = draw.uniform();
    if (found < 0.06) {
      row.put("validity", found < 0.04 ? "误评" : "恶意差评")
          .put("exclusion_reason", found < 0.04 ? "评价人确认点错" : "与办件无关")
          .put("appeal", "申诉成立");
    }
    LocalDate called = after(day, draw.chance(0.85) ? 1 : draw.between(2, 6));
    LocalDate rectified = after(called, draw.between(2, 18));
    if (!story.over(called)) {
      row.put("called_back_on", called);
      if (!story.over(rectified) && draw.chance(0.9)) {
        row.put("rectified_on", rectified);
        if (draw.chance(0.5)) {
          row.put("follow_up_rating", draw.between(3, 5));
        }
      }
    }
  }

  private int rating(boolean slow) {
    String level =
        slow
            ? draw.weighted(new String[] {"5", "4", "3", "2", "1"}, 60, 18, 10, 7, 5)
            : draw.weighted(new String[] {"5", "4", "3", "2", "1"}, 83, 11, 4, 1.2, 0.8);
    return Integer.parseInt(level);
  }

  private int near(int rating) {
    return draw.chance(0.8) ? rating : Math.max(1, Math.min(5, rating + draw.between(-1, 1)));
  }
}

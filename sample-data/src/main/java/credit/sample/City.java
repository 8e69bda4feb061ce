package credit.sample;

import credit.approval.id.RegistrationNumber;
import credit.approval.id.UnifiedCode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws the firms: who they are, when they came, changed their name and went. */
final class City {
  private static final String[] DISTRICTS = {"440402", "440403", "440404"};
  private static final List<String> ROADS =
      List.of("沐岚路", "汐屿大道", "鹭汀街", "榕岸路", "朔川路", "蔚陌街", "棠谷路", "霁舟大道");

  private final Options options;
  private final Names names = new Names();
  private final Set<String> codes = new HashSet<>();
  private final List<Firm> firms = new ArrayList<>();

  private City(Options options) {
    this.options = options;
  }

  static List<Firm> build(Options options) {
    City city = new City(options);
    for (int index = 0; index < options.firms(); index++) {
      city.firms.add(city.firm(index, Draw.of(options.seed(), "firm", index)));
    }
    return List.copyOf(city.firms);
  }

  private Firm firm(int index, Draw draw) {
    Firm head = draw.chance(0.04) ? anyEnterprise(draw) : null;
    Firm.Kind kind = head != null ? Firm.Kind.BRANCH : kind(draw);
    String district = draw.weighted(DISTRICTS, 0.62, 0.2, 0.18);
    Industry industry =
        head != null
            ? head.industry()
            : kind == Firm.Kind.COOPERATIVE ? Industry.FARMING : Industry.draw(draw);
    LocalDate established = established(draw, head);
    String trade = head != null ? head.trade() : trade(draw, kind);
    String name =
        head != null
            ? names.branch(head.nameOn(established), district)
            : names.free(draw, kind, trade, district, industry);
    LocalDate closedOn = closedOn(draw, established);
    List<Firm.Name> history = history(draw, kind, name, trade, district, industry, established);
    Firm associate = index > 0 && draw.chance(0.06) ? firms.get(draw.below(index)) : null;
    return new Firm(
        index,
        code(draw, kind, district),
        kind,
        history,
        trade,
        district,
        name.contains("横琴") || (district.equals("440402") && draw.chance(0.05)) ? "横琴" : "",
        industry,
        established,
        closedOn,
        closedOn != null && draw.chance(0.15),
        address(draw, district),
        head,
        associate != null ? associate.representative() : Persons.name(draw),
        associate != null ? associate.representativeId() : Persons.idNumber(draw),
        associate != null ? associate.phone() : Persons.phone(draw),
        established.getYear() < 2015 ? registrationNo(draw) : "",
        kind == Firm.Kind.INDIVIDUAL ? draw.between(1, 6) : draw.between(2, 180),
        kind == Firm.Kind.INDIVIDUAL ? draw.between(1, 20) : 10 * draw.between(1, 300));
  }

  private static Firm.Kind kind(Draw draw) {
    double at = draw.uniform();
    return at < 0.45
        ? Firm.Kind.INDIVIDUAL
        : at < 0.465 ? Firm.Kind.COOPERATIVE : Firm.Kind.ENTERPRISE;
  }

  private Firm anyEnterprise(Draw draw) {
    for (int tries = 0; tries < 8 && !firms.isEmpty(); tries++) {
      Firm firm = draw.pick(firms);
      if (firm.kind() == Firm.Kind.ENTERPRISE
          && firm.names().size() == 1
          && firm.closedOn() == null
          && firm.established().plusDays(400).isBefore(options.until())) {
        return firm;
      }
    }
    return null;
  }

  /** Siblings share a trade name with an earlier firm, and some shops bear a generic one. */
  private String trade(Draw draw, Firm.Kind kind) {
    if (kind == Firm.Kind.INDIVIDUAL && draw.chance(0.05)) {
      return names.generic(draw);
    }
    return !firms.isEmpty() && draw.chance(0.04) ? draw.pick(firms).trade() : names.trade(draw);
  }

  private LocalDate established(Draw draw, Firm head) {
    LocalDate lastStart = options.until().minusDays(20);
    if (head != null) {
      return draw.day(head.established().plusDays(60), lastStart);
    }
    // One in five comes during the story; the others were there before, more of them lately.
    if (draw.chance(0.2)) {
      return draw.day(options.from(), lastStart);
    }
    double age = draw.uniform();
    return options.from().minusDays(1 + (long) (age * age * 7300));
  }

  private LocalDate closedOn(Draw draw, LocalDate established) {
    LocalDate earliest = established.plusDays(200);
    if (earliest.isBefore(options.from())) {
      earliest = options.from().plusDays(10);
    }
    boolean closes = draw.chance(0.035 * options.days() / 365.0);
    return closes && earliest.isBefore(options.until())
        ? draw.day(earliest, options.until())
        : null;
  }

  private List<Firm.Name> history(
      Draw draw,
      Firm.Kind kind,
      String name,
      String trade,
      String district,
      Industry industry,
      LocalDate established) {
    LocalDate from = established.isBefore(options.from()) ? options.from() : established;
    long room = ChronoUnit.DAYS.between(from, options.until());
    if (kind == Firm.Kind.BRANCH || room < 60 || !draw.chance(0.06)) {
      return List.of(new Firm.Name(name, null));
    }
    String renamed = names.trade(draw).charAt(0) + trade.substring(1);
    LocalDate change = from.plusDays(30L + draw.below((int) room - 40));
    return List.of(
        new Firm.Name(name, change),
        new Firm.Name(names.free(draw, kind, renamed, district, industry), null));
  }

  /**
   * Organisation codes begin with Y, a series that is not issued, so that no real firm is meant.
   */
  private String code(Draw draw, Firm.Kind kind, String district) {
    String category =
        switch (kind) {
          case INDIVIDUAL -> "92";
          case COOPERATIVE -> "93";
          default -> "91";
        };
    String registry = draw.chance(0.25) ? "440400" : district;
    while (true) {
      StringBuilder organisation = new StringBuilder("Y");
      for (int i = 0; i < 7; i++) {
        organisation.append(UnifiedCode.ALPHABET.charAt(draw.below(UnifiedCode.ALPHABET.length())));
      }
      String code = UnifiedCode.compose(category + registry, organisation.toString());
      if (codes.add(code)) {
        return code;
      }
    }
  }

  private static String registrationNo(Draw draw) {
    return RegistrationNumber.complete("440400" + (10_000_000 + draw.below(89_999_999)));
  }

  private static String address(Draw draw, String district) {
    return "珠海市"
        + Names.districtName(district)
        + draw.pick(ROADS)
        + draw.between(1, 399)
        + "号"
        + (draw.chance(0.5) ? draw.between(1, 28) * 100 + draw.between(1, 12) + "室" : "");
  }
}

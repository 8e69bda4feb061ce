package credit.sample;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names by the law of names: region, trade name, trade, form. Trade names are put together from
 * syllables at random, so that no real firm is meant.
 */
final class Names {
  private static final List<String> FIRST = Persons.split("岚沐昕澄璟霁筱翊煦棠芮珑骁皓桉麓蔚鹭舫汐砚霓琅钰泓朔阑葭榆瑶");
  private static final List<String> SECOND = Persons.split("屿笙辰汀岸谷渡榕瓴槿陌昀洲峤墨锦栩泽川庭舟野潮塬芷杉棱禾蓝羽");
  private static final List<String> THIRD = Persons.split("源记坊阁轩斋堂屋苑居");

  /** Names that many shops bear, also across districts: a name alone does not tell them apart. */
  private static final List<String> GENERIC = List.of("便民", "惠民", "家家", "顺达", "好运来", "百姓");

  private final Set<String> taken = new HashSet<>();

  String trade(Draw draw) {
    String trade = draw.pick(FIRST) + draw.pick(SECOND);
    return draw.chance(0.55) ? trade + draw.pick(THIRD) : trade;
  }

  String generic(Draw draw) {
    return draw.pick(GENERIC);
  }

  /** A full name that no other firm has: the trade name is redrawn until it is free. */
  String free(Draw draw, Firm.Kind kind, String trade, String district, Industry industry) {
    for (String tried = trade; ; tried = trade(draw)) {
      String name = full(draw, kind, tried, district, industry);
      if (taken.add(name)) {
        return name;
      }
    }
  }

  /** A branch's name: the head's with the district; numbered from the second on. */
  String branch(String head, String district) {
    for (int number = 1; ; number++) {
      String name = head + shortDistrict(district) + (number > 1 ? "第" + number : "") + "分公司";
      if (taken.add(name)) {
        return name;
      }
    }
  }

  private static String full(
      Draw draw, Firm.Kind kind, String trade, String district, Industry industry) {
    String word = draw.pick(industry.words());
    return switch (kind) {
      case INDIVIDUAL -> "珠海市" + districtName(district) + trade + shop(word);
      case COOPERATIVE -> "珠海市" + districtName(district) + trade + word + "农民专业合作社";
      default -> enterprise(draw, trade, word);
    };
  }

  private static String enterprise(Draw draw, String trade, String word) {
    String form = draw.chance(0.04) ? "股份有限公司" : "有限公司";
    return switch (draw.below(10)) {
      case 0 -> trade + "（珠海）" + word + form;
      case 1 -> "珠海横琴" + trade + word + form;
      case 2, 3, 4 -> "珠海" + trade + word + form;
      default -> "珠海市" + trade + word + form;
    };
  }

  private static String shop(String word) {
    return word.endsWith("店") || word.endsWith("馆") || word.endsWith("厅") || word.endsWith("行")
        ? word
        : word + "店";
  }

  static String districtName(String district) {
    return shortDistrict(district) + "区";
  }

  static String shortDistrict(String district) {
    return switch (district) {
      case "440402" -> "香洲";
      case "440403" -> "斗门";
      default -> "金湾";
    };
  }
}

package credit.sample;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Invented persons. Their id numbers carry the division 440499, which nobody was ever issued, and
 * their phones the range 1410499; both pass the usual form checks, so that a redactor has to find
 * them.
 */
final class Persons {
  private static final String DIVISION = "440499";
  private static final DateTimeFormatter BORN = DateTimeFormatter.BASIC_ISO_DATE;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  private static final List<String> SURNAMES = split("陈林黄张李王吴刘梁郑周杨许曾谢罗邓叶冯何郭蔡胡朱苏潘钟徐邱余廖曹");
  private static final List<String> GIVEN = split("晓明志伟丽华建国秀英海燕俊杰思敏家豪婉婷子轩嘉欣文博雅琪浩然诗涵");
  private static final List<String> INFORMANT_SURNAMES = split("禤亓仉芈鄢郄");
  private static final List<String> INFORMANT_GIVEN = split("琈玥翀赟霭旻昶煊");

  private Persons() {}

  static String name(Draw draw) {
    return draw.pick(SURNAMES) + draw.pick(GIVEN) + draw.pick(GIVEN);
  }

  /** A name of characters that stand nowhere else in the city, to be searched for afterwards. */
  static String informant(Draw draw) {
    return draw.pick(INFORMANT_SURNAMES) + draw.pick(INFORMANT_GIVEN) + draw.pick(INFORMANT_GIVEN);
  }

  /** An 18-digit resident id number, check character by ISO 7064 MOD 11-2. */
  static String idNumber(Draw draw) {
    LocalDate born = draw.day(LocalDate.of(1955, 1, 1), LocalDate.of(2003, 12, 31));
    String first17 = DIVISION + BORN.format(born) + digits(draw, 3);
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (first17.charAt(i) - '0');
    }
    return first17 + CHECKS.charAt(sum % 11);
  }

  static String phone(Draw draw) {
    return "1410499" + digits(draw, 4);
  }

  private static String digits(Draw draw, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + draw.below(10)));
    }
    return digits.toString();
  }

  static List<String> split(String characters) {
    return characters.codePoints().mapToObj(Character::toString).toList();
  }
}

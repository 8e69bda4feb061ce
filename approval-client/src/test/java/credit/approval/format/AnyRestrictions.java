package credit.approval.format;

import credit.approval.id.UnifiedCode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Restrictions of few firms, with whatever text a file may hold. */
final class AnyRestrictions extends DomainContextBase {
  @Provide
  Arbitrary<List<Restriction>> restrictions() {
    return restriction().list().ofMaxSize(12).map(AnyRestrictions::oneOfEachKey);
  }

  @Provide
  Arbitrary<Restriction> restriction() {
    Arbitrary<String> code =
        Arbitraries.integers()
            .between(0, 40)
            .map(n -> UnifiedCode.compose("91440402", String.format("%08d", n)));
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars("ab,\"\n\t ;公司𠮷")
            .withChars('\uff21', '\ue000')
            .ofMaxLength(8)
            .filter(t -> StandardCharsets.UTF_8.newEncoder().canEncode(t));
    Arbitrary<Integer> days = Arbitraries.integers().between(0, 2000);
    return Combinators.combine(
            code,
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(Mode.class),
            text,
            text,
            days)
        .as(AnyRestrictions::restriction);
  }

  private static List<Restriction> oneOfEachKey(List<Restriction> rows) {
    Map<String, Restriction> byKey = new LinkedHashMap<>();
    rows.forEach(r -> byKey.put(r.code() + r.entryId() + r.mode() + r.item(), r));
    return List.copyOf(byKey.values());
  }

  private static Restriction restriction(
      String code, int entry, Mode mode, String item, String text, int days) {
    LocalDate from = LocalDate.parse("2020-01-01").plusDays(days);
    return new Restriction(
        days % 3 == 0 ? "E-" + entry : "E-" + entry + text,
        "uscc",
        code,
        text,
        mode,
        item,
        from,
        days % 2 == 0 ? null : from.plusDays(1 + days),
        text,
        "basis " + text,
        "act",
        text,
        null,
        List.of("s/d/" + days));
  }
}

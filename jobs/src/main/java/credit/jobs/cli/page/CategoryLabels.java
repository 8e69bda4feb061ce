package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Category;
import credit.schemas.CodeList;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Labels of categories and of the register's codes, from the code lists of the columns that they
 * come from.
 */
final class CategoryLabels {
  private final Schemas schemas;

  CategoryLabels(Schemas schemas) {
    this.schemas = schemas;
  }

  /** The category with its labels; the code itself where no list has it. */
  Category of(String eventType, List<String> sources, String code) {
    return sources.stream()
        .map(schemas.sources()::get)
        .filter(Objects::nonNull)
        .flatMap(source -> lists(source, eventType))
        .filter(list -> list.entries().stream().anyMatch(e -> e.canonical().equals(code)))
        .findFirst()
        .map(list -> new Category(code, list.label(code, "zh"), list.label(code, "en")))
        .orElseGet(() -> new Category(code, code, code));
  }

  /** What the register's column says, with its labels; null where it says nothing. */
  Category ofRegister(String column, String code) {
    return code == null
        ? null
        : schemas.register().columns().stream()
            .filter(c -> c.name().equals(column) && c.codes() != null)
            .map(c -> schemas.codes().get(c.codes()))
            .filter(Objects::nonNull)
            .findFirst()
            .map(list -> new Category(code, list.label(code, "zh"), list.label(code, "en")))
            .orElseGet(() -> new Category(code, code, code));
  }

  private Stream<CodeList> lists(SourceContract source, String eventType) {
    return source.events().stream()
        .filter(event -> event.type().equals(eventType) && event.categories() != null)
        .flatMap(
            event ->
                source.columns().stream()
                    .filter(c -> c.codes() != null && mentions(event.categories(), c.name()))
                    .map(c -> schemas.codes().get(c.codes())))
        .filter(Objects::nonNull);
  }

  private static boolean mentions(String expression, String column) {
    return Pattern.compile("\\b" + Pattern.quote(column) + "\\b").matcher(expression).find();
  }
}

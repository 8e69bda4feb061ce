package credit.approval;

import credit.approval.format.Mode;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * One question.
 *
 * @param code the firm's code; null for an applicant that has none yet
 * @param scheme its scheme; null: the list's default
 * @param mode the simplified handling that is asked for
 * @param item the item applied for; empty: none named, so that a bar on any item counts
 * @param at the day, in Shanghai's calendar; null: today
 * @param related codes of entities that a new applicant names; answered beside it, never merged
 */
public record Query(
    String code, IdScheme scheme, Mode mode, String item, LocalDate at, List<String> related) {
  private static final int MAX_ITEM_LENGTH = 128;
  private static final int MAX_RELATED = 100;

  public Query {
    Objects.requireNonNull(mode, "mode");
    item = item == null ? "" : item.strip();
    related = List.copyOf(related);
    if (item.length() > MAX_ITEM_LENGTH) {
      throw new IllegalArgumentException("the item is longer than " + MAX_ITEM_LENGTH);
    }
    if (code != null && !related.isEmpty()) {
      throw new IllegalArgumentException("related codes go with a new applicant only");
    }
    if (related.size() > MAX_RELATED) {
      throw new IllegalArgumentException("more than " + MAX_RELATED + " related codes");
    }
  }

  /** A firm's question for any item, today. */
  public static Query of(String code, Mode mode) {
    return new Query(Objects.requireNonNull(code, "code"), null, mode, "", null, List.of());
  }

  /** The question of an applicant that has no code yet. */
  public static Query newApplicant(Mode mode, String item, List<String> related) {
    return new Query(null, null, mode, item, null, related);
  }

  public Query withItem(String newItem) {
    return new Query(code, scheme, mode, newItem, at, related);
  }

  public Query withAt(LocalDate day) {
    return new Query(code, scheme, mode, item, day, related);
  }

  public Query withScheme(IdScheme newScheme) {
    return new Query(code, newScheme, mode, item, at, related);
  }

  /** The same question for one entity that a new applicant names. */
  Query forRelated(String relatedCode) {
    return new Query(relatedCode, scheme, mode, item, at, List.of());
  }

  boolean isNewApplicant() {
    return code == null;
  }
}

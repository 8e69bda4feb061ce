package credit.approval.format;

import java.util.List;

/**
 * What one mode allows for one item, whoever applies. The file has a row for every item of the
 * catalogue and every mode: an item that is not in it is out of coverage.
 *
 * @param excluded whether the mode is not open for the item, whoever applies
 * @param newApplicantPermitted whether an applicant that has no code yet may use it
 */
public record ItemRule(
    String item, Mode mode, boolean excluded, boolean newApplicantPermitted, String basis)
    implements ListRow {
  public ItemRule {
    Rows.requireText("items", "item", item);
  }

  @Override
  public ListFile file() {
    return ListFile.ITEMS;
  }

  @Override
  public List<String> fields() {
    return List.of(
        item,
        mode.label(),
        Boolean.toString(excluded),
        newApplicantPermitted ? "permitted" : "refused",
        Rows.orEmpty(basis));
  }

  static ItemRule of(List<String> f) {
    boolean permitted =
        switch (f.get(3)) {
          case "permitted" -> true;
          case "refused" -> false;
          default ->
              throw new IllegalArgumentException(
                  "new_applicant is '" + f.get(3) + "'; it must be permitted or refused");
        };
    return new ItemRule(f.get(0), Mode.of(f.get(1)), Rows.bool(f.get(2)), permitted, f.get(4));
  }
}

package credit.approval.format;

import java.util.List;

/** A row of one of the published files. */
public sealed interface ListRow
    permits Restriction, BlacklistEntry, Incentive, Subject, Coverage, ItemRule {
  /** The file in which such rows stand. */
  ListFile file();

  /** The row's fields as text, in the order of {@link ListFile#columns()}. */
  List<String> fields();
}

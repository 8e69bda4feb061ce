package credit.sample;

/** How much of the dirt of real deliveries is planted. */
public enum Faults {
  /** Clean rows and files. */
  NONE,
  /** About 2% of the rows are dirty in the usual ways. */
  DEFAULT,
  /** The usual ways, the rare ones, and files that must be refused whole. */
  ALL
}

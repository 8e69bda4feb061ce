/** A look-up in the approval client beside a hash map, SQLite, Redis and a cache miss. */
package credit.benchmarks.check;

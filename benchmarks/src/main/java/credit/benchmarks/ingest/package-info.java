/** How fast deliveries get in, beside DuckDB copying the same file. */
package credit.benchmarks.ingest;

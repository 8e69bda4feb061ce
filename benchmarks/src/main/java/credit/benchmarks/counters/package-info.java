/** The counters of firm files, beside DuckDB with the same SQL over the same Parquet. */
package credit.benchmarks.counters;

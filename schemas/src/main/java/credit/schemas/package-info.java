/**
 * Contracts, code lists and rules of a jurisdiction, read and checked. A file that is wrong is
 * refused with its name, line and remedy ({@link credit.schemas.SchemaException}).
 */
package credit.schemas;

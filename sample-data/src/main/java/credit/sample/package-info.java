/**
 * A seeded city: invented firms, their latent risk, and what the departments would deliver about
 * them. Nothing here is read by the pipeline but the delivered files.
 */
package credit.sample;

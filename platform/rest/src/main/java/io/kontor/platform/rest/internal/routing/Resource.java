package io.kontor.platform.rest.internal.routing;

/**
 * Marks a service whose public methods carry Jakarta REST annotations ({@code @Path}, {@code @GET}, {@code @PathParam}, ...) and become
 * routes below {@code /api/v1}. Routes come and go with the service, without a pause for the others.
 */
public interface Resource {
}

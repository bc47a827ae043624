/** Refuses to start a production service on a configuration that is only good for a trial. */
@NullMarked
package dev.perch.kit.web.production;

import org.jspecify.annotations.NullMarked;

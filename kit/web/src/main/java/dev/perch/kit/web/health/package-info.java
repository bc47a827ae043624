/** What a service says of the things it needs. */
@NullMarked
package dev.perch.kit.web.health;

import org.jspecify.annotations.NullMarked;

/** Classes that the architecture rules must find fault with. */
@NullMarked
package dev.perch.kit.bad;

import org.jspecify.annotations.NullMarked;

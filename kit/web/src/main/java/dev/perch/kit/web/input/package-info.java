/** Reading request bodies and query parameters: everything that is wrong is found at once. */
@NullMarked
package dev.perch.kit.web.input;

import org.jspecify.annotations.NullMarked;

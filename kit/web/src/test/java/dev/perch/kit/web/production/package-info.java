@NullMarked
package dev.perch.kit.web.production;

import org.jspecify.annotations.NullMarked;

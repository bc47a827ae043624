@NullMarked
package dev.perch.kit.web.page;

import org.jspecify.annotations.NullMarked;

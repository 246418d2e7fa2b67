// The pages people see, carried in the program.
#pragma once

#include "net/http.h"

namespace mmx::api {

// Files by name, and the page's own addresses ("/", "/setup", ...), which all give index.html.
void add_pages(net::Router& router);

}  // namespace mmx::api

// The studio over HTTP: its files, its addresses, and what stands at an address that leads nowhere.
#pragma once

#include "net/http.h"

namespace mmx::api {

// Files by name, and the studio's own addresses (web/studio/public/addresses.txt), which all give its page.
void add_pages(net::Router& router);

// A person's browser that asked for an address that does not exist gets the studio, which says so in its own
// look, still as 404; a program keeps its problem details. Any thread.
void show_not_found(const net::Request& request, net::Response& response);

}  // namespace mmx::api

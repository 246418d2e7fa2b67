// The rows of every group of endpoints.
#pragma once

#include <vector>

#include "api/endpoint.h"

namespace mmx::api {

void add_sign_in_routes(std::vector<Endpoint>& rows);
void add_me_routes(std::vector<Endpoint>& rows);
void add_catalogue_routes(std::vector<Endpoint>& rows);
void add_song_routes(std::vector<Endpoint>& rows);
void add_media_routes(std::vector<Endpoint>& rows);
void add_event_routes(std::vector<Endpoint>& rows);
void add_admin_routes(std::vector<Endpoint>& rows);

// All of them, in the order of the document.
const std::vector<Endpoint>& endpoints();

}  // namespace mmx::api

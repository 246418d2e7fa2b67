// Who runs this service and where it is reached: what the legal pages say of the operator.
#pragma once

#include <string>

namespace mmx::api {

// Empty: the operator has not said so yet, and the pages say that instead.
struct Operator {
    std::string name, address;  // the controller, in the privacy policy's sense
    std::string privacy_contact, support_contact, dmca_contact;
    std::string authority;    // the supervisory authority for complaints: a name or a web address
    std::string data_region;  // where the data is kept, as "Germany (European Union)"
    int access_log_days = 90;
};

}  // namespace mmx::api

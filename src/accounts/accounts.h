// The room's front door.
#pragma once

#include "accounts/administration.h"
#include "accounts/changes.h"
#include "accounts/recovery.h"
#include "accounts/registration.h"
#include "accounts/registry.h"
#include "accounts/sessions.h"
#include "accounts/set_up.h"
#include "accounts/sign_in.h"
#include "accounts/sweep.h"

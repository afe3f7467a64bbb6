"""The portfolio: can each upgrade go live, and when?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.views.entry import SignedInRequest
from readiness.forms.portfolio import PortfolioFilter
from readiness.pages.grounds import ground_of_portfolio
from readiness.pages.portfolio import PortfolioQuestion, portfolio_page, portfolio_version
from readiness.views.following import told_of_changes
from readiness.views.kept import kept_text, kept_while


@require_safe
@kept_while(ground_of_portfolio)
@login_required
def list_portfolio(request: SignedInRequest) -> HttpResponse:
    """Show the upgrades the account takes part in, narrowed by words and verdict."""
    form = PortfolioFilter(request.GET)
    form.is_valid()
    question = PortfolioQuestion(
        words=form.words,
        verdict=form.chosen_verdict,
        only_needing=form.only_needing,
        page=request.GET.get("page", "1"),
    )
    portfolio = portfolio_page(user=request.user, question=question, as_of=timezone.now())
    return render(request, "readiness/portfolio.html", {"portfolio": portfolio, "form": form})


@require_safe
@login_required
def show_portfolio_version(request: SignedInRequest) -> HttpResponse:
    """Tell an open portfolio to read itself again when its version is not the newest."""
    user = request.user
    version = kept_text(
        user,
        ground=ground_of_portfolio(user),
        make=lambda: portfolio_version(user=user, as_of=timezone.now()),
    )
    return told_of_changes(request, version=version, event="portfolio-changed")

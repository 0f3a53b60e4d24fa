"""Pathways and their editions, to read."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import PublicView, find, valid
from progress.api.serializers.authoring import (
    AuthoredPathwayOutput,
    NewEditionInput,
    NewPathwayInput,
    PathwayChangeInput,
    PathwayFilter,
)
from progress.api.serializers.pathways import EditionOutput, EditionRowOutput, PathwayOutput
from progress.commands.change_pathway import change_pathway
from progress.commands.create_pathway import create_pathway
from progress.commands.publish_edition import publish_edition
from progress.commands.read_document import read_document
from progress.models import Edition, Pathway
from progress.queries.pathways import edition_page, newest_editions, pathway_cards


class _PathwayView(PublicView):
    scopes = {}

    def visible(self) -> QuerySet[Pathway]:
        """Pathways that whoever asks may open."""
        rows: QuerySet[Pathway] = Pathway.objects.visible_to(self.person)
        return rows

    def editions(self, slug: str) -> QuerySet[Edition]:
        """The editions of one of them, without their documents."""
        rows = Edition.objects.defer("document").select_related("pathway")
        return rows.filter(pathway__in=self.visible(), pathway__slug=slug)

    def authored(self, slug: str) -> Pathway:
        """Return a pathway that whoever asks writes; raise Http404."""
        pathway: Pathway = find(Pathway.objects.authored_by(self.person), slug=slug)
        return pathway


class PathwayListView(_PathwayView):
    """Pathways one can find."""

    scopes = {"GET": "pathways:read", "POST": "pathways:write"}
    pagination_class = Pages
    filters = PathwayFilter

    @extend_schema(
        operation_id="pathways_list",
        parameters=[OpenApiParameter("mine", bool, description="Only those that you write.")],
        responses=PathwayOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List public pathways and one's own, in the order of publication."""
        listed = Pathway.objects.listed_for(self.person)
        if valid(PathwayFilter(data=request.query_params))["mine"]:
            listed = Pathway.objects.written_by(self.person)
        rows = newest_editions().filter(pathway__in=listed)
        return self.page(
            rows, PathwayOutput, ordering=("published_at", "id"), prepare=pathway_cards
        )

    @extend_schema(
        operation_id="pathways_create", request=NewPathwayInput, responses={201: EditionOutput}
    )
    def post(self, request: Request) -> Response:
        """Publish a document as edition 1 of a pathway of one's own."""
        data = valid(NewPathwayInput(data=request.data))
        edition = create_pathway(
            person=self.person,
            document=read_document(text=data["document"]),
            visibility=data["visibility"],
            now=self.now,
        )
        return Response(EditionOutput(edition_page(edition)).data, status=201)


class PathwayView(_PathwayView):
    """One pathway."""

    scopes = {"GET": "pathways:read", "PATCH": "pathways:write"}

    @extend_schema(operation_id="pathways_read", responses=PathwayOutput)
    def get(self, request: Request, slug: str) -> Response:
        """Return a pathway with the figures of its newest edition."""
        edition = find(newest_editions().filter(pathway__in=self.visible()), pathway__slug=slug)
        return Response(PathwayOutput(pathway_cards([edition])[0]).data)

    @extend_schema(
        operation_id="pathways_update",
        request=PathwayChangeInput,
        responses=AuthoredPathwayOutput,
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change who finds it and who writes it."""
        pathway = self.authored(slug)
        changes = valid(PathwayChangeInput(data=request.data))
        change_pathway(person=self.person, pathway=pathway, **changes)
        return Response(AuthoredPathwayOutput(pathway).data)


class EditionListView(_PathwayView):
    """The editions of a pathway."""

    scopes = {"GET": "pathways:read", "POST": "pathways:write"}
    pagination_class = Pages

    @extend_schema(operation_id="editions_list", responses=EditionRowOutput(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """List editions, the newest first."""
        find(self.visible(), slug=slug)
        return self.page(self.editions(slug), EditionRowOutput, ordering=("-number",))

    @extend_schema(
        operation_id="editions_create", request=NewEditionInput, responses={201: EditionOutput}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Publish the next edition. Learners stay on theirs until they choose to upgrade."""
        pathway = self.authored(slug)
        data = valid(NewEditionInput(data=request.data))
        edition = publish_edition(
            pathway=pathway,
            document=read_document(text=data["document"]),
            after=data["after"],
            person=self.person,
            now=self.now,
        )
        return Response(EditionOutput(edition_page(edition)).data, status=201)


class EditionView(_PathwayView):
    """One edition."""

    scopes = {"GET": "pathways:read"}

    @extend_schema(operation_id="editions_read", responses=EditionOutput)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Return an edition in full: tracks, roles, stages, milestones, rubrics."""
        edition = find(self.editions(slug), number=number)
        return Response(EditionOutput(edition_page(edition)).data)
